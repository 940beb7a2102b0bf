"""What forms are measured by through the years: a profile is a file of this folder."""
