# What scripts/test and scripts/demo have in common; sourced by them, with `me` set to the caller's name.

fail() {
    echo "$me: $1" >&2
    exit 1
}

# Brings those servers (all if none is named) and sets `testbed` to their folder; some may be missing there; each is reported.
bring_testbed() {
    local status=0
    testbed=$(scripts/testbed "$@") || status=$?
    ((status == 0 || status == 3)) || fail "the test bed is not available, so nothing was run. To run the tests without servers: mvn verify"
}

# Which of those servers (all if none is named) the test bed lacks, one per line, with the reason.
missing_servers() {
    local file name
    for file in "$testbed"/*.missing; do
        name=$(basename "$file" .missing)
        [[ ! -e $file || ($# -gt 0 && " $* " != *" $name "*) ]] || echo "$name ($(<"$file"))"
    done
}

# Java 17 and Maven, or a line with how to get them.
need_java_and_maven() {
    command -v java > /dev/null || fail "java is missing; Java 17 is needed. On Debian: apt-get install openjdk-17-jdk-headless"
    command -v javac > /dev/null || fail "javac is missing; a JDK is needed. On Debian: apt-get install openjdk-17-jdk-headless"
    command -v mvn > /dev/null || fail "mvn is missing. On Debian: apt-get install maven"
    local version
    version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [[ ${version:-0} -ge 17 ]] || fail "javac is version ${version:-unknown}; Java 17 or newer is needed"
}

# Sets `tigase` to the Tigase installation to use, empty where there is none, and brings its jars to Maven. One that is named
# but wrong is an error.
find_tigase() {
    tigase=${TIGASE_HOME:-}
    if [[ -z $tigase && -d /opt/tigase-server/jars ]]; then
        tigase=/opt/tigase-server
    fi
    if [[ -n $tigase ]]; then
        scripts/use-tigase "$tigase" > /dev/null || exit 1
        export TIGASE_HOME=$tigase
    fi
}
