"""The money of a project: contract, payments, invoices, recovery, the line that pays."""
