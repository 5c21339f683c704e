"""One function per thing a person does; reads as get, act, commit."""
