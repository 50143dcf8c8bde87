#!/bin/sh
# Makes the files of this folder again. Run by hand, never by a test: Node signs no certificates, and the tests must
# run where there is no openssl. The keys of the CAs are thrown away; the one key that is kept belongs to a server
# that listens on loopback for the length of a test and protects nothing.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

cat >openssl.cnf <<'CONFIG'
[ca]
default_ca = test
[test]
new_certs_dir = .
database = index
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
# Fixed and far away on both sides, so that a machine with a wrong clock still runs the tests.
default_startdate = 20200101000000Z
default_enddate = 21250101000000Z
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
subjectAltName = $ENV::NAMES
extendedKeyUsage = serverAuth
CONFIG
: >index

new_request() { # file, common name
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
  NAMES=unused openssl req -config openssl.cnf -new -key "$1.key" -subj "/CN=$2" -out "$1.request"
}
make_authority() { # file, common name
  new_request "$1" "$2"
  NAMES=unused openssl ca -batch -notext -config openssl.cnf -extensions authority \
    -selfsign -keyfile "$1.key" -in "$1.request" -out "$folder/$1.crt"
}
make_server() { # file, subject alternative names
  NAMES=$2 openssl ca -batch -notext -config openssl.cnf -extensions server \
    -cert "$folder/cluster-ca.crt" -keyfile cluster-ca.key -in server.request -out "$folder/$1.crt"
}

make_authority cluster-ca "meshfront test: CA of the cluster"
make_authority other-ca "meshfront test: a CA that signed nothing here"
new_request server "meshfront test server"
make_server server "IP:127.0.0.1,IP:::1,DNS:localhost"
make_server server-of-another-host "DNS:another-host.example"
{
  echo "TEST ONLY, WORTHLESS: the key of a test server on loopback (make.sh says how it was made)."
  cat server.key
} >"$folder/worthless-test-server.key"
