"""The program's own benchmark: each figure beside its peer, measured in the same run."""
