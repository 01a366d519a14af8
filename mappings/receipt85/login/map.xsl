<?xml version="1.0" encoding="UTF-8"?>
<!-- {user, password} -> a log-in at the 85 system. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:r="urn:cn:post:85:receipt" exclude-result-prefixes="#all">

  <xsl:param name="json"/>
  <xsl:output method="xml" omit-xml-declaration="yes" indent="no"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="account" select="parse-json($json)"/>
    <soap:Envelope>
      <soap:Body>
        <r:login>
          <userName><xsl:value-of select="$account?user"/></userName>
          <password><xsl:value-of select="$account?password"/></password>
        </r:login>
      </soap:Body>
    </soap:Envelope>
  </xsl:template>
</xsl:stylesheet>
