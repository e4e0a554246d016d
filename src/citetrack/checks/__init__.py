"""What an editor should see, one file a family."""
