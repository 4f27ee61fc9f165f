"""Writes posts on keep-alive connections, with the token in /tmp/token, from when that is there until /tmp/stop is. One lost request is
a failure: there are no retries.

usage: load.py HOST PORT CLIENTS
"""

import http.client
import json
import os
import sys
import threading
import time

HOST, PORT, CLIENTS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
TOKEN, STOP = "/tmp/token", "/tmp/stop"
LONGEST = time.monotonic() + 1800  # ends by itself if nobody says stop
lock = threading.Lock()
answered = 0
lost = []


def post(connection, path, body):
    """The id of the new row. After `Connection: close` http.client opens a new connection, as every client must."""
    # Bytes go out with the head in one packet; a string would follow it, and wait for an acknowledgement first.
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + bearer}
    connection.request("POST", path, json.dumps(body).encode(), headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != 201:
        raise RuntimeError(f"{response.status}: {answer[:200]}")
    return json.loads(answer)["id"]


def write(number):
    global answered
    connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
    user = None
    while not os.path.exists(STOP) and time.monotonic() < LONGEST:
        try:
            if user is None:
                user = post(connection, "/users", {"name": f"load {number}"})
            post(connection, f"/users/{user}/posts", {"title": "load", "content": ""})
            with lock:
                answered += 1
        except Exception as failure:
            connection.close()
            with lock:
                lost.append(f"{time.strftime('%H:%M:%S')} {type(failure).__name__}: {failure}")


bearer = ""
while not bearer.endswith("\n") and time.monotonic() < LONGEST:
    time.sleep(0.1)
    if os.path.exists(TOKEN):
        with open(TOKEN) as file:
            bearer = file.read()
bearer = bearer.strip()

threads = [threading.Thread(target=write, args=(number,)) for number in range(CLIENTS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

for line in lost[:20]:
    print(line)
print(f"{answered} posts written by {CLIENTS} clients, {len(lost)} requests lost")
sys.exit(1 if lost or answered == 0 else 0)
