<?xml version="1.0" encoding="UTF-8"?>
<!-- {fact, site, session}: one page of what was said since the last patrol that read all, and in the three days before it: late rows are
     caught, repeated ones are known by their serial number. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:s="urn:songda:mapping" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:r="urn:cn:post:85:receipt"
    exclude-result-prefixes="xs s">

  <xsl:param name="json"/>
  <xsl:output method="xml" omit-xml-declaration="yes" indent="no"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="asked" select="parse-json($json)"/>
    <xsl:variable name="until" select="($asked?fact?data?until, $asked?fact?at)[1]"/>
    <xsl:variable name="since" select="xs:dateTime(($asked?fact?data?since, $until)[1]) - xs:dayTimeDuration('P3D')"/>
    <soap:Envelope>
      <soap:Header>
        <r:sessionId><xsl:value-of select="$asked?session"/></r:sessionId>
      </soap:Header>
      <soap:Body>
        <r:queryReceipt>
          <orgCode><xsl:value-of select="$asked?site?('org-code')"/></orgCode>
          <beginTime><xsl:value-of select="s:to-local-time(string($since))"/></beginTime>
          <endTime><xsl:value-of select="s:to-local-time($until)"/></endTime>
          <pageNo><xsl:value-of select="$asked?fact?data?page"/></pageNo>
          <pageSize>200</pageSize>
        </r:queryReceipt>
      </soap:Body>
    </soap:Envelope>
  </xsl:template>
</xsl:stylesheet>
