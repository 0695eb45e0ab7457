# syntax=docker/dockerfile:1

# Builds the distribution. The tests need no container and run before: ./mvnw verify.
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /source
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY LICENSE README.md CHANGELOG.md ./
COPY config config
COPY docs docs
COPY schemas schemas
COPY routes routes
COPY src/main src/main
# The cache mount keeps the dependencies over builds, without putting them into a layer.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Dmaven.test.skip=true -Dcheckstyle.skip -Dmdep.analyze.skip package \
    && mkdir /distribution \
    && tar -xzf target/trustpay-bridge-*.tar.gz -C /distribution --strip-components=1

# Not Alpine: the Snappy and Zstandard codecs of the Kafka client come with libraries made for glibc.
FROM eclipse-temurin:25-jre-noble
# What only the build knows: --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD) --build-arg CREATED=$(date -u +%FT%TZ)
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre-noble" \
      org.opencontainers.image.title="trustpay-bridge" \
      org.opencontainers.image.description="From an order-created event on Kafka to a TrustPay payment URL on Kafka." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build --chown=0:0 /distribution /opt/trustpay-bridge
COPY --chown=0:0 --chmod=0755 docker/healthcheck /usr/local/bin/healthcheck
# The classes of a start, ready to be mapped: it takes about two thirds of the time. Made by the Java that will use them.
RUN ["/opt/trustpay-bridge/bin/make-startup-archive"]

# Routes and settings are looked for here; mount your own over /opt/trustpay-bridge/routes or /opt/trustpay-bridge/config.
WORKDIR /opt/trustpay-bridge
# A number, so that Kubernetes can see that it is not root. The files belong to root: the program cannot change itself.
USER 10001:10001
# Inside a container the loopback address would be out of reach for whoever asks for health and metrics.
# The heap gets three quarters of the container's memory; JAVA_OPTS is left to whoever runs the image.
ENV MANAGEMENT_HOST=0.0.0.0 \
    MANAGEMENT_PORT=9876 \
    JAVA_DEFAULT_OPTS="-XX:MaxRAMPercentage=75"
EXPOSE 9876
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/usr/local/bin/healthcheck"]
# The script ends in exec, so Java is process 1 and receives the signals.
ENTRYPOINT ["/opt/trustpay-bridge/bin/trustpay-bridge"]
CMD ["run"]
