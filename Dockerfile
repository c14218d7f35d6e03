# docker build -t onda . && docker run --rm -v "$PWD:/work" onda recognize clip.wav
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /onda
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -Pdist -Dquick -Dmaven.test.skip -Dmaven.javadoc.skip -pl app -am package

FROM eclipse-temurin:25-jre
COPY --from=build /onda/app/target/onda.jar /opt/onda/onda.jar
RUN useradd --create-home --home-dir /work onda
USER onda
WORKDIR /work
EXPOSE 8017
ENTRYPOINT ["java", "--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Djdk.reflect.useNativeAccessorOnly=true", "-Donda.called.as=onda", "-jar", "/opt/onda/onda.jar"]
CMD ["--help"]
