"""`aws` of awscli without the time that it takes to load: a process that has loaded it forks for each command.

Python: `aws_cli.py SOCKET` listens there, and prints a line once it does. A caller sends its standard streams, and a
line of JSON with its arguments, folder and environment. It receives the exit code as one byte.
"""

import json
import os
import signal
import socket
import sys
import traceback

from awscli import clidriver

# This loads what every command needs.
clidriver.create_clidriver()


def run(call, streams):
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(call["folder"])
    os.environ.update(call["environment"])
    sys.argv = ["aws", *call["arguments"]]
    return clidriver.main()


def answer(connection):
    """Runs one command in this process."""
    message, streams, _, _ = socket.recv_fds(connection, 65_536, 3)
    while not message.endswith(b"\n"):
        message += connection.recv(65_536)
    code = 255
    try:
        code = run(json.loads(message), streams)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(bytes([code]))


listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(64)
print("listening", flush=True)
# Nobody waits for the processes of commands.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    connection, _ = listener.accept()
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        answer(connection)
        os._exit(0)
    connection.close()
