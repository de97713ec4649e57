"""A mail server for the tests. It prints its port and every email that it accepts on stdout, as lines of JSON.

Its arguments say how it behaves: what it encrypts, which login it accepts, what it refuses, and whether it answers at
all. It keeps everything in memory, and ends when its stdin is closed.
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

GREETED = "220 mail.example ESMTP\r\n"


def said(**words):
    """Prints a line of JSON for the test."""
    print(json.dumps(words), flush=True)


def part(message, kind):
    """The decoded text of a part of an email."""
    found = message.get_body(preferencelist=(kind,))
    return found.get_content() if found else None


class Handler:
    """Accepts emails, or refuses them as the options say."""

    def __init__(self, options):
        self.options = options

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if self.options.refuse_sender:
            return f"{self.options.refuse_sender} not from you"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.refuse:
            return f"{self.options.refuse} no mail for <{address}> here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        said(mail={
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None or self.options.mode == "tls",
            "hello": session.host_name,
            "authenticated": session.authenticated,
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "header_lines": [name for name, _ in message.items()],
            "type": message.get_content_type(),
            "text": part(message, "plain"),
            "html": part(message, "html"),
            "raw": envelope.original_content.decode("utf-8"),
        })
        return "250 OK: taken"


def authenticator(login):
    """Accepts one user with one password."""

    def authenticate(server, session, envelope, mechanism, data):
        user, _, password = login.partition(":")
        right = (data.login.decode(), data.password.decode()) == (user, password)
        return AuthResult(success=right, handled=False)

    return authenticate


def protocol(options, context):
    """The SMTP protocol of a connection."""
    return SMTP(
        Handler(options),
        hostname="mail.example",
        loop=asyncio.get_running_loop(),
        enable_SMTPUTF8=options.utf8,
        tls_context=context if options.mode == "starttls" else None,
        require_starttls=options.mode == "starttls",
        auth_required=options.login is not None,
        auth_require_tls=False,
        authenticator=authenticator(options.login) if options.login else None,
    )


async def hang(reader, writer):
    """Sends a greeting, and then answers nothing."""
    said(connected=True)
    writer.write(GREETED.encode())
    await asyncio.Event().wait()


async def turn_away(reader, writer):
    """Refuses the connection."""
    said(connected=True)
    writer.write(b"554 no mail here\r\n")
    await writer.drain()
    await reader.read()
    writer.close()


def rough(odd):
    """A server without the library that behaves in the unusual way that `odd` names."""
    cut = []
    # Bytes that are not UTF-8, a terminal escape sequence, and a line that is too long.
    words = b" gr\xfc\xdf Gott \x1b[31m" + b"x" * 5000 if odd == "latin1" else b" OK"

    async def serve(reader, writer):
        async def answer(code):
            writer.write(code + words + b"\r\n")
            await writer.drain()

        await answer(b"220")
        to, taken = "", None
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                await answer(b"550 5.7.1 I do not know you," if odd == "hello" else b"250 mail.example")
            elif verb == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                await answer(b"250")
            elif verb == b"DATA":
                await answer(b"354")
                taken = await reader.readuntil(b"\r\n.\r\n")
                message = email.message_from_bytes(taken, policy=email.policy.default)
                said(mail={"to": [to], "id": message["message-id"], "text": part(message, "plain")})
                if odd == "stall" and to.startswith("slow"):
                    await asyncio.Event().wait()
                if odd == "cut" and not cut:
                    cut.append(to)
                    break
                await answer(b"250")
            else:
                await answer(b"221" if verb == b"QUIT" else b"250")
        writer.close()

    return serve


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=["plain", "starttls", "tls", "tarpit", "closed", "rough"], default="plain")
    parser.add_argument("--odd", choices=["latin1", "stall", "cut", "hello"], help="the unusual behaviour of --mode rough")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", help="a file with the certificate and its key")
    parser.add_argument("--login", help="USER:PASSWORD that is required to send")
    parser.add_argument("--refuse", type=int, help="the status code for every recipient")
    parser.add_argument("--refuse-sender", type=int, help="the status code for every sender")
    parser.add_argument("--utf8", action="store_true", help="accept addresses that are not ASCII")
    options = parser.parse_args()

    # Refused clients and logins without TLS are expected here, so nothing is logged about them.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
    warnings.simplefilter("ignore")
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate)
    loop = asyncio.get_running_loop()
    odd_ones = {"tarpit": hang, "closed": turn_away, "rough": rough(options.odd)}
    if answer := odd_ones.get(options.mode):
        server = await asyncio.start_server(answer, "127.0.0.1", options.port)
    else:
        server = await loop.create_server(
            lambda: protocol(options, context),
            "127.0.0.1",
            options.port,
            ssl=context if options.mode == "tls" else None,
        )
    said(port=server.sockets[0].getsockname()[1])
    # Ends when the process that started it has ended, for whatever reason.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
