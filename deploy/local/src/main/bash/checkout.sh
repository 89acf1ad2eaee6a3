# What the script lectern can do in a checkout alone: build it, and measure it. The script sources this file.

readonly runtime_modules="web streaming catalog-service progress-service pages gateway deploy/local"

# Succeeds if the jar of a module is missing or older than its sources.
is_stale() {
  local jar
  jar=$(module_jar "$1")
  [ -z "$jar" ] || [ -n "$(find pom.xml "$1/pom.xml" "$1/src/main" web/src/main web/pom.xml \
    streaming/src/main streaming/pom.xml -newer "$jar" 2>/dev/null | head -n 1)" ]
}

# Prints the jar of a module, or nothing if it has not been built. Programs have theirs beside their libraries.
module_jar() {
  local artifact=${1##*/}
  newest_jar "$1/target/lib/$artifact" "$1/target/lib/lectern-$artifact" "$1/target/lectern-$artifact"
}

# Builds the modules that are named in the second argument, with the JDK in the first.
build() {
  local jdk=$1 modules=$2 module stale="" build_start
  cd "$home"
  for module in $modules; do
    if is_stale "$module"; then stale=yes; fi
  done
  [ -n "$stale" ] || return 0
  command -v mvn >/dev/null 2>&1 ||
    fail "Maven is needed to build Lectern, but mvn is not on the PATH. Install Maven 3.8 or newer (https://maven.apache.org)."
  echo "Building Lectern (the first build takes a few minutes) ..."
  # Maven itself may run on an older JDK. The toolchain plugin finds the new one through this variable.
  export JAVA25_HOME=$jdk
  if ! command -v java >/dev/null 2>&1; then export JAVA_HOME=$jdk; fi
  build_start=$(mktemp)
  if ! mvn -q -B -DskipTests -pl "$(echo "$modules" | tr ' ' ',')" package; then
    rm -f "$build_start"
    fail "The build failed, see above. If a download failed, check the access to Maven Central."
  fi
  # Maven does not rewrite a jar whose classes did not change, so set its time here.
  for module in $modules; do
    touch -r "$build_start" "$(module_jar "$module")"
  done
  rm -f "$build_start"
}

bench() {
  local jdk
  jdk=$(find_java)
  (build "$jdk" "$runtime_modules deploy/bench")
  exec "$jdk/bin/java" -Xmx1g -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -jar "$(cd "$home" && echo "$home/$(module_jar deploy/bench)")" "$home" "$@"
}
