"""The notebook that the lecture grew out of, on gdmath: `make notebook` opens it in JupyterLab."""
