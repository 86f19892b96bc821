"""The form that officials fill in: an Excel file of a plan's promises and tasks, and the way back into the tables."""
