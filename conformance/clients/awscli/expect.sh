# What the flows share: each call is a process of its own, and the first difference ends the run.
set -uo pipefail
export AWS_PAGER='' AWS_DEFAULT_OUTPUT=text
run=$RANDOM$RANDOM

fail() {
  printf 'FAILED: %s\n  expected: %s\n  seen:     %s\n' "$1" "$2" "$3"
  exit 1
}
expect() { [ "$2" == "$3" ] || fail "$1" "$2" "$3"; }
# Version 1 has an endpoint of its own for SQS in some regions, which goes before AWS_ENDPOINT_URL but not before the option.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
# Columns are told with blanks between them.
sqs() { aws sqs "$@" | tr '\t' ' '; }
sns() { aws sns "$@" | tr '\t' ' '; }
attribute() { sqs get-queue-attributes --queue-url "$1" --attribute-names "$2" --query "Attributes.$2"; }
receive() {
  local url=$1
  shift
  sqs receive-message --queue-url "$url" --message-system-attribute-names All --message-attribute-names All "$@"
}
# What, code, operation, and the command with its service.
refused() {
  local what=$1 code=$2 operation=$3 seen status=0
  shift 3
  seen=$(aws "$@" 2>&1) || status=$?
  [[ $seen == *"An error occurred ($code) when calling the $operation operation"* ]] || fail "$what" "$code" "$seen"
  [ "$status" -ge 254 ] || fail "$what: status" '254 or 255' "$status"
}
ok() { echo "ok $*"; }
