# The program alone: a static binary, the certificates that it trusts, and no user but nobody.
#   docker build --build-arg COMMIT="$(git rev-parse HEAD)" --tag consoleme-cfg .
#   docker run --rm --volume "$PWD:/work:ro" consoleme-cfg validate consoleme.yaml

FROM rust:1.95-alpine AS build
# ring has parts in C.
# hadolint ignore=DL3018
RUN apk add --no-cache ca-certificates musl-dev
WORKDIR /source
COPY Cargo.toml Cargo.lock build.rs ./
COPY benches benches
COPY schemas schemas
COPY src src
COPY templates templates
ARG COMMIT
RUN CONSOLEME_CFG_COMMIT="$COMMIT" cargo install --locked --path . --root /installed

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /installed/bin/consoleme-cfg /usr/local/bin/consoleme-cfg
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/consoleme-cfg"]
