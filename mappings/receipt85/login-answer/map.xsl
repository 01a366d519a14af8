<?xml version="1.0" encoding="UTF-8"?>
<!-- The answer to a log-in -> {session}. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:songda:mapping"
    xmlns:r="urn:cn:post:85:receipt" exclude-result-prefixes="#all">

  <xsl:import href="../said.xsl"/>
  <xsl:output method="json"/>

  <xsl:template match="r:loginResponse/result">
    <xsl:sequence select="if (normalize-space(sessionId)) then map{'session': normalize-space(sessionId)} else s:unreadable('/Envelope/Body/result/sessionId', '没有给会话号 / no session was given')"/>
  </xsl:template>
</xsl:stylesheet>
