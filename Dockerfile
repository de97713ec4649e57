# Image of Vestibule: the binary, a user to run it, and a folder for its data. docs/containers.md says how to run it.
#
#   docker build -t vestibule .
#   docker run --name vestibule -p 127.0.0.1:8000:8000 -v vestibule-data:/data vestibule
#
# The cache mounts keep downloaded crates and compiled dependencies between builds (Docker 23 or later, Podman, Buildah).

FROM docker.io/library/rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# Cargo compares file times. It would not compile a source file that is older than the last build, such as one from an archive.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    touch build.rs src/lib.rs src/main.rs \
    && cargo build --release --locked --bin vestibule \
    && install -D -m 0755 target/release/vestibule /out/vestibule

FROM docker.io/library/debian:bookworm-slim
# The user id is fixed, so that the owner of a volume stays the same in later builds of the image.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin vestibule \
    && install -d -m 0700 -o vestibule -g vestibule /data
COPY --from=build /out/vestibule /usr/local/bin/vestibule
# 127.0.0.1 could only be reached from inside the container. `docker run -p` sets where the port is published.
ENV ROCKET_ADDRESS=0.0.0.0 \
    VESTIBULE_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["vestibule", "healthcheck"]
# No shell in between: SIGTERM reaches the program, which finishes its requests and closes its database.
ENTRYPOINT ["vestibule"]
