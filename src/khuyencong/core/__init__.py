"""What every room needs: text, money, periods, the audit chain, tables in and out, jobs with progress."""
