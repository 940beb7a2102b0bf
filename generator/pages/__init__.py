"""Every page that there will be, and how it is rendered."""
