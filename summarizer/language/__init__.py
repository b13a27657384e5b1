"""What is known of a language, apart from any article: its word lists, how it writes time, how text is compared."""
