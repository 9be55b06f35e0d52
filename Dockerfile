# syntax=docker/dockerfile:1
# The app as an image: `docker build -t convolution-visualizer .`
# With PyTorch, for "Check against PyTorch" and the timing: `docker build --build-arg TORCH=1 ...`, several GB.

FROM python:3.11-slim AS build
ARG TORCH=0
WORKDIR /app
COPY requirements.txt .
# Streamlit's pages here draw no map, and its Arrow files for developers are not read: what is taken out is never loaded.
RUN python -m venv /venv \
 && if [ "$TORCH" = 1 ]; then cp requirements.txt wanted.txt; else grep -v '^torch==' requirements.txt > wanted.txt; fi \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r wanted.txt \
 && rm -rf /venv/lib/python3.11/site-packages/pyarrow/include \
 && find /venv -name tests -type d -prune -exec rm -rf {} +

FROM python:3.11-slim
RUN useradd --system --create-home --uid 10001 app
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
USER 10001
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
