<?xml version="1.0" encoding="UTF-8"?>
<!-- What became of a file of orders -> its reply, GBK XML: one <order> for each, TAKEN, SEEN, REFUSED or SET_ASIDE, with reason and place. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="#all">
  <xsl:param name="json"/>
  <xsl:output method="xml" encoding="GBK" indent="yes"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="in" select="parse-json($json)"/>
    <reply file="{$in?file?name}" verdict="{$in?file?verdict}" receivedAt="{$in?file?receivedAt}" sha256="{$in?file?sha256}">
      <xsl:if test="$in?file?reason">
        <reason code="{$in?file?fault}"><xsl:value-of select="$in?file?reason"/></reason>
      </xsl:if>
      <counts>
        <xsl:for-each select="'taken', 'seen', 'refused', 'setAside'">
          <xsl:attribute name="{.}" select="count($in?lines?*[?outcome = map{'taken': 'TAKEN', 'seen': 'SEEN', 'refused': 'REFUSED', 'setAside': 'SET_ASIDE'}(current())])"/>
        </xsl:for-each>
      </counts>
      <xsl:for-each select="$in?lines?*">
        <order no="{?no}" place="{?place}" outcome="{?outcome}">
          <xsl:if test="?orderNo"><xsl:attribute name="orderNo" select="?orderNo"/></xsl:if>
          <xsl:if test="?reason"><reason><xsl:value-of select="?reason"/></reason></xsl:if>
        </order>
      </xsl:for-each>
    </reply>
  </xsl:template>
</xsl:stylesheet>
