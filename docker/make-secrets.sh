#!/bin/sh
# Makes the keys of personal data and of the partners in the folder $1, where they are missing (mode 0600).
# With an external database the hub never makes them itself: a lost key would go unnoticed. Keep a copy.
set -eu
umask 077
cd "$1"

random() { head -c 32 /dev/urandom | base64 -w 0; }

partner() { printf '{"keyId":"%s-1","system":"%s","client":"%s","secret":"%s","notAfter":null}' "$1" "$1" "$2" "$(random)"; }

put() { cat > "$1.new" && mv "$1.new" "$1" && echo "made $PWD/$1"; }

[ -e keys.json ] || printf '{"active":"k1","data":{"k1":"%s"},"index":"%s"}\n' "$(random)" "$(random)" | put keys.json

[ -e partners.json ] || {
  printf '{"keys":['
  separator=
  for one in gov/zjzwfw postal/ems receipt85/receipt85 inquiry/inquiry printer/printer \
    sms/sms mail/mail ticket/ticket pda/pda desk/desk; do
    printf '%s\n%s' "$separator" "$(partner "${one%%/*}" "${one#*/}")"
    separator=,
  done
  printf ']}\n'
} | put partners.json
