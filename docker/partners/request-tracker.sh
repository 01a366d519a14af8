#!/usr/bin/env bash
# Request Tracker 5 as the hub needs it: a queue, the hub's custom fields, its account, and everybody of mappings/directory/contacts.csv.
#
#   docker/partners/request-tracker.sh <folder> <port>
#
# On Debian, as root, without a terminal: installs the packages where they are missing, makes a SQLite database in <folder> where there is
# none, and serves http://127.0.0.1:<port>/REST/2.0 in the foreground until it is told to end. For tests and for a look; a site runs
# Request Tracker on PostgreSQL behind a web server and takes the second half of this file, songda.initialdata, as it is.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
port=$2
contacts=$(cd "$(dirname "$0")/../.." && pwd)/mappings/directory/contacts.csv
password=${SONGDA_TICKET_PASSWORD:-stand-in}
export DEBIAN_FRONTEND=noninteractive RT_SITE_CONFIG=$folder/RT_SiteConfig.pm RT_SITE_CONFIG_DIR=$folder/none

missing=()
for package in request-tracker5 rt5-db-sqlite rt5-standalone; do
  dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "installing: ${missing[*]}"
  # Its own questions about a database are answered here: there is one for each folder.
  echo 'request-tracker5 request-tracker5/dbconfig-install boolean false' | debconf-set-selections
  apt-get update -q < /dev/null
  apt-get install -y -q --no-install-recommends "${missing[@]}" < /dev/null
fi

cat > "$RT_SITE_CONFIG" <<END
Set(\$rtname, 'songda');
Set(\$Organization, 'songda');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $port);
Set(\$Timezone, 'Asia/Shanghai');
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$folder/rt.sqlite');
Set(\$MailCommand, 'testfile');
Set(\$LogToSTDERR, 'error');
Set(\$LogToSyslog, undef);
Set(@LexiconLanguages, qw(en zh_CN));
1;
END

if [[ ! -e $folder/ready ]]; then
  rm -f "$folder/rt.sqlite"
  (umask 077 && printf '%s' "$password" > "$folder/root-password")
  rt-setup-database-5 --action init --root-password-file "$folder/root-password" > "$folder/init.log" 2>&1 < /dev/null || {
    tail -20 "$folder/init.log"
    exit 1
  }
  {
    cat <<'END'
@Queues = ({ Name => 'Songda', Description => 'Opened by the hub', CorrespondAddress => '', CommentAddress => '' });
@CustomFields = (map { {
  Name => $_->[0], Type => $_->[1], Queue => 'Songda', Description => $_->[2],
} } (
  ['SongdaRef',   'FreeformSingle',   'order and task, by which the hub finds its ticket'],
  ['SongdaEntry', 'FreeformMultiple', 'the numbers of the entries that the hub has written'],
  ['SongdaKind',  'FreeformSingle',   'what is the matter'],
  ['SongdaLevel', 'FreeformSingle',   'level of the norm: 3, 2, 1'],
  ['SongdaOwner', 'FreeformSingle',   'whom the hub gave it to'],
  ['SongdaState', 'FreeformSingle',   'closed by the hub, or opened again'],
));
@ACL = (map { { GroupDomain => 'SystemInternal', GroupType => 'Privileged', Queue => 'Songda', Right => $_ } } qw(
  SeeQueue CreateTicket ShowTicket ShowTicketComments CommentOnTicket ReplyToTicket ModifyTicket OwnTicket TakeTicket StealTicket
  ReassignTicket SeeCustomField ModifyCustomField ShowACL
));
END
    echo '@Users = ('
    echo "  { Name => 'songda', Password => '$password', Privileged => 1, Comments => 'the hub' },"
    awk -F, -v password="$password" 'NR > 1 && !seen[$3]++ {
      printf "  { Name => \"%s\", Password => \"%s\", RealName => \"%s\", EmailAddress => \"%s\", Privileged => 1 },\n", $3, password, $4, $3 "@songda.example"
    }' "$contacts" | sed 's/@/\\@/g'
    echo ');'
    echo '1;'
  } > "$folder/songda.initialdata"
  rt-setup-database-5 --action insert --datafile "$folder/songda.initialdata" >> "$folder/init.log" 2>&1 < /dev/null || {
    tail -20 "$folder/init.log"
    exit 1
  }
  rm "$folder/root-password"
  touch "$folder/ready"
fi
exec /usr/share/request-tracker5/libexec/rt-server --port "$port" --host 127.0.0.1
