"""Run the commands: each module does what one `make` target asks for, and tells what it did."""
