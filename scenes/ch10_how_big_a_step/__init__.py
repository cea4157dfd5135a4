"""How big can the step be: creeping, gliding, bouncing and blowing up are one number apart."""
