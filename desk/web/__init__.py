"""The web page: FastAPI and Jinja2 on the server, htmx where it helps; every action is also a plain form."""
