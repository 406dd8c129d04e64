"""Turns an encoder's weights into a file that onnxruntime serves fast, without torch."""
