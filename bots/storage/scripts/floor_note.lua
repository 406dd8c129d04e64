-- KEYS: floors. ARGV: platform:chat, message id.
note(KEYS[1], ARGV[1], ARGV[2])
