<?xml version="1.0" encoding="UTF-8"?>
<!-- One page that the 85 system answers -> {total, pageNo, rows: [{waybillNo, row}]}; the row as it is, under the 85 system's own names. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:s="urn:songda:mapping" xmlns:r="urn:cn:post:85:receipt" exclude-result-prefixes="#all">

  <xsl:import href="../said.xsl"/>
  <xsl:output method="json"/>

  <xsl:template match="r:queryReceiptResponse/result">
    <xsl:choose>
      <xsl:when test="not(total castable as xs:nonNegativeInteger and pageNo castable as xs:positiveInteger)">
        <xsl:sequence select="s:unreadable('/Envelope/Body/result', '缺少总数或页号 / total or pageNo is missing')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="map{'total': xs:integer(total), 'pageNo': xs:integer(pageNo), 'rows': array{row/map{'waybillNo': normalize-space(mail_num), 'row': map:merge(*/map:entry(local-name(), string()))}}}"
            xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
