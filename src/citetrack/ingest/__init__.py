"""Reading stories: files, pages, JSON lines and addresses become Articles."""
