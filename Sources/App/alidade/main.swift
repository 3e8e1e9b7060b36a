print("alidade 0.1.0")
