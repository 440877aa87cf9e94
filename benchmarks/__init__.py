"""What measures speed, accuracy and scale against peers. Commands, never timed tests."""
