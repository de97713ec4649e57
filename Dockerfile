# Vestibule as an image: the one binary, a user of its own, and a folder for its data.
#
#   docker build -t vestibule .
#   docker run --name vestibule -p 127.0.0.1:8000:8000 -v vestibule-data:/data vestibule
#
# The cache mounts keep downloaded crates and compiled dependencies between builds (Docker 23 or newer, Podman, Buildah).

FROM docker.io/library/rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# Touched, since a source older than the last build (out of an archive, say) would be taken for one that was built already.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    touch build.rs src/lib.rs src/main.rs \
    && cargo build --release --locked --bin vestibule \
    && install -D -m 0755 target/release/vestibule /out/vestibule

FROM docker.io/library/debian:bookworm-slim
# The number is fixed, so that a volume keeps its owner when the image is built anew.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin vestibule \
    && install -d -m 0700 -o vestibule -g vestibule /data
COPY --from=build /out/vestibule /usr/local/bin/vestibule
# Inside a container 127.0.0.1 would be reachable from nowhere. What is published, and where, `docker run -p` says.
ENV ROCKET_ADDRESS=0.0.0.0 \
    VESTIBULE_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["vestibule", "healthcheck"]
# Without a shell in between: SIGTERM reaches the program, which ends its requests and closes its database.
ENTRYPOINT ["vestibule"]
