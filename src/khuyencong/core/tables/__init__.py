"""Tables from and to spreadsheets: columns are declared once; reading, errors by cell and templates follow."""
