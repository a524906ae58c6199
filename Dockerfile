# An image of what "./build.sh publish linux-x64" made; nothing is compiled here. docs/deploy.md says what of this was run.
FROM debian:bookworm-slim

# libstdc++6 and libssl3 are .NET's; libflite1 and espeak-ng are the offline voices and may be left out.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 libstdc++6 libflite1 espeak-ng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/aico --shell /usr/sbin/nologin aico \
    && install -d -o aico -g aico -m 0700 /var/lib/aico

COPY artifacts/publish/linux-x64/ /opt/aico/
COPY deploy/container/healthy.sh /opt/aico/healthy.sh

USER aico
ENV AICO_DATA_DIR=/var/lib/aico
WORKDIR /var/lib/aico
VOLUME /var/lib/aico
EXPOSE 5005
# The first SIGTERM lets calls end: give the container as long as --drain-timeout says (compose: stop_grace_period).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["/bin/bash", "/opt/aico/healthy.sh", "5005"]
ENTRYPOINT ["/opt/aico/aico"]
CMD ["serve"]
