<?xml version="1.0" encoding="UTF-8"?>
<!-- What every answer of the 85 system can be: a Fault, a ret that is not 0, no answer at all. Codes: answers/codes.csv. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:s="urn:songda:mapping" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:r="urn:cn:post:85:receipt"
    exclude-result-prefixes="#all" expand-text="no">

  <xsl:output method="json"/>

  <xsl:template match="/">
    <xsl:variable name="body" select="soap:Envelope/soap:Body"/>
    <xsl:variable name="fault" select="$body/soap:Fault"/>
    <xsl:choose>
      <xsl:when test="$fault">
        <xsl:sequence select="s:no(($fault/detail/r:fault/code/normalize-space(), $fault/faultcode/replace(normalize-space(), '^.*:', ''), '')[1], '/Envelope/Body/Fault')"/>
      </xsl:when>
      <xsl:when test="$body/*/result/ret = '0'">
        <xsl:apply-templates select="$body/*/result"/>
      </xsl:when>
      <xsl:when test="$body/*/result/ret">
        <xsl:sequence select="s:no($body/*[1]/result/ret/normalize-space(), '/Envelope/Body/result/ret')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="s:unreadable('/Envelope/Body', '不是 85 系统的应答 / this is no answer of the 85 system')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*">
    <xsl:sequence select="s:unreadable('/Envelope/Body', '不是所要的应答 / this answers something else')"/>
  </xsl:template>

  <xsl:function name="s:no">
    <xsl:param name="code"/>
    <xsl:param name="path"/>
    <xsl:variable name="words" select="s:code('../answers', $code, 'zh', $path) || ' / ' || s:code('../answers', $code, 'en', $path)"/>
    <xsl:sequence select="if (s:code('../answers', $code, 'what', $path) = 'later') then s:later($path, $words, s:code('../answers', $code, 'wait', $path)) else s:refuse($path, $words)"/>
  </xsl:function>
</xsl:stylesheet>
