# Piper's own HTTP server with one voice. Its licence is GPL-3.0: it runs beside AICO as a program of its own.
FROM python:3.12-slim
RUN pip install --no-cache-dir "piper-tts[http]==1.4.2" \
    && useradd --system --uid 10002 --create-home piper
USER piper
WORKDIR /home/piper
ARG VOICE=en_US-lessac-medium
RUN python3 -m piper.download_voices "$VOICE"
ENV VOICE=$VOICE
EXPOSE 5000
CMD ["sh", "-c", "exec python3 -m piper.http_server --host 0.0.0.0 --port 5000 --model \"$VOICE\""]
