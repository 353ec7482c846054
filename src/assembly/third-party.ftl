<#-- THIRD-PARTY.txt: each library in the component's jar, with its licence and the place of its sources. -->
The component of tigase-devstate contains the libraries below, which others have written. You may choose where two licences are named.
The texts of the licences are at https://spdx.org/licenses/, and in META-INF/licenses of the component's jar as the libraries bring them.

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
${library.groupId}:${library.artifactId} ${library.version}
    licence: ${entry.getValue()?join(" or ")}
    ${library.url!"https://central.sonatype.com/artifact/${library.groupId}/${library.artifactId}"}
</#list>
