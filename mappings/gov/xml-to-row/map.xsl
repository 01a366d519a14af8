<?xml version="1.0" encoding="UTF-8"?>
<!-- An order of a file, <apply> with the columns of inf_apply_wlxx as its children -> a row as the exchange table has it; gov/row-to-order goes on. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:s="urn:songda:mapping" exclude-result-prefixes="#all">

  <xsl:output method="json"/>

  <xsl:template match="/*">
    <xsl:if test="local-name() != 'apply'">
      <xsl:sequence select="s:refuse('', '应为 apply 元素 / must be an element apply')"/>
    </xsl:if>
    <xsl:for-each-group select="*" group-by="local-name()">
      <xsl:if test="count(current-group()) > 1">
        <xsl:sequence select="s:refuse('/' || current-grouping-key(), '出现了两次 / stands twice')"/>
      </xsl:if>
    </xsl:for-each-group>
    <xsl:map>
      <xsl:for-each-group select="*[normalize-space() and local-name() != 'documents']" group-by="local-name()">
        <xsl:variable name="text" select="normalize-space(.)"/>
        <xsl:map-entry key="current-grouping-key()"
            select="if (current-grouping-key() = ('declared_value', 'fee_to_collect') and $text castable as xs:decimal) then xs:decimal($text) else $text"/>
      </xsl:for-each-group>
      <xsl:if test="documents/document">
        <xsl:map-entry key="'documents'">
          <xsl:sequence select="array{documents/document/map:merge((map{'type': normalize-space(type)}, if (normalize-space(no)) then map{'no': normalize-space(no)} else ()))}"/>
        </xsl:map-entry>
      </xsl:if>
    </xsl:map>
  </xsl:template>
</xsl:stylesheet>
