"""Lists of many clients: CSV, JSON Lines, workbooks and folders, row by row at constant memory."""
