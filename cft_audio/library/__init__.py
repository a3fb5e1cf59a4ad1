"""What there is to practise, found in folders and read: practices, figures, letters, programmes."""
