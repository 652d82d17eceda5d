"""One module per command: ``HELP``, ``EXAMPLES``, ``configure(parser)`` and ``run(arguments) -> exit code``.

A command only parses and prints: the work is done by the public function of its name. Nothing heavy is imported
before ``run``.
"""
