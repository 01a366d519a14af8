<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:songda:mapping" exclude-result-prefixes="s">
  <xsl:param name="json"/>
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:template name="xsl:initial-template">
    <xsl:variable name="in" select="parse-json($json)"/>
    <order no="{$in?orderNo}"><pay><xsl:value-of select="s:code('../xml-order-to-json', '1', 'payer')"/></pay><name><xsl:value-of select="$in?name"/></name></order>
  </xsl:template>
</xsl:stylesheet>
