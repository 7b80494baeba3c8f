<?xml version="1.0" encoding="UTF-8"?>
<tileset version="1.10" tiledversion="1.10.2" name="tiles" tilewidth="32" tileheight="32" tilecount="464" columns="16">
 <image source="tiles.png" width="512" height="928"/>
 <tile id="64">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="65">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="66">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="67">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="68">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="69">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="70">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="71">
  <objectgroup draworder="index">
   <object id="1" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="72">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="73">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="74">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="75">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="76">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="77">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="78">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="84">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="85">
  <objectgroup draworder="index">
   <object id="1" x="4" y="12" width="24" height="12"/>
  </objectgroup>
 </tile>
 <tile id="86">
  <objectgroup draworder="index">
   <object id="1" x="4" y="12" width="24" height="12"/>
  </objectgroup>
 </tile>
 <tile id="87">
  <objectgroup draworder="index">
   <object id="1" x="6" y="12" width="20" height="14"/>
  </objectgroup>
 </tile>
 <tile id="88">
  <objectgroup draworder="index">
   <object id="1" x="8" y="16" width="16" height="8"/>
  </objectgroup>
 </tile>
 <tile id="128">
  <objectgroup draworder="index">
   <object id="1" x="24" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="129">
  <objectgroup draworder="index">
   <object id="1" x="0" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="130">
  <objectgroup draworder="index">
   <object id="1" x="24" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="131">
  <objectgroup draworder="index">
   <object id="1" x="0" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="132">
  <objectgroup draworder="index">
   <object id="1" x="24" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="133">
  <objectgroup draworder="index">
   <object id="1" x="0" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="134">
  <objectgroup draworder="index">
   <object id="1" x="24" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="135">
  <objectgroup draworder="index">
   <object id="1" x="0" y="12" width="8" height="14"/>
  </objectgroup>
 </tile>
 <tile id="144">
  <objectgroup draworder="index">
   <object id="1" x="8" y="24" width="24" height="8"/>
  </objectgroup>
 </tile>
 <tile id="145">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="24" height="8"/>
  </objectgroup>
 </tile>
 <tile id="160">
  <objectgroup draworder="index">
   <object id="1" x="8" y="0" width="24" height="24"/>
  </objectgroup>
 </tile>
 <tile id="161">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="24" height="24"/>
  </objectgroup>
 </tile>
 <tile id="176">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="177">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="8" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="178">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="179">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="8" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="180">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="181">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="8" y="0" width="16" height="16"/>
   <object id="3" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="182">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="183">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="8" y="0" width="16" height="16"/>
   <object id="4" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="184">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="0" y="8" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="185">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="0" y="8" width="16" height="16"/>
   <object id="3" x="8" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="186">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="0" y="8" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="187">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="0" y="8" width="16" height="16"/>
   <object id="4" x="8" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="188">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="0" y="8" width="16" height="16"/>
   <object id="3" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="189">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="0" y="8" width="16" height="16"/>
   <object id="3" x="8" y="0" width="16" height="16"/>
   <object id="4" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="190">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="0" y="8" width="16" height="16"/>
   <object id="4" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="191">
  <objectgroup draworder="index">
   <object id="1" x="8" y="8" width="16" height="16"/>
   <object id="2" x="16" y="8" width="16" height="16"/>
   <object id="3" x="0" y="8" width="16" height="16"/>
   <object id="4" x="8" y="0" width="16" height="16"/>
   <object id="5" x="8" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="192">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="193">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="194">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="195">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="196">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="197">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="198">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="199">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="200">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="201">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="202">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="203">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="204">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="205">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="206">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="207">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="208">
  <objectgroup draworder="index">
   <object id="1" x="4" y="8" width="24" height="20"/>
  </objectgroup>
 </tile>
 <tile id="209">
  <objectgroup draworder="index">
   <object id="1" x="6" y="10" width="20" height="16"/>
  </objectgroup>
 </tile>
 <tile id="210">
  <objectgroup draworder="index">
   <object id="1" x="5" y="8" width="22" height="18"/>
  </objectgroup>
 </tile>
 <tile id="211">
  <objectgroup draworder="index">
   <object id="1" x="8" y="16" width="16" height="8"/>
  </objectgroup>
 </tile>
 <tile id="212">
  <objectgroup draworder="index">
   <object id="1" x="4" y="10" width="24" height="16"/>
  </objectgroup>
 </tile>
 <tile id="227">
  <objectgroup draworder="index">
   <object id="1" x="8" y="24" width="24" height="8"/>
  </objectgroup>
 </tile>
 <tile id="228">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="24" height="8"/>
  </objectgroup>
 </tile>
 <tile id="229">
  <objectgroup draworder="index">
   <object id="1" x="4" y="16" width="28" height="16"/>
  </objectgroup>
 </tile>
 <tile id="230">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="28" height="16"/>
  </objectgroup>
 </tile>
 <tile id="231">
  <objectgroup draworder="index">
   <object id="1" x="4" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="232">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="32" height="8"/>
  </objectgroup>
 </tile>
 <tile id="233">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="234">
  <objectgroup draworder="index">
   <object id="1" x="4" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="235">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="32" height="8"/>
  </objectgroup>
 </tile>
 <tile id="236">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="240">
  <objectgroup draworder="index">
   <object id="1" x="4" y="8" width="24" height="16"/>
  </objectgroup>
 </tile>
 <tile id="241">
  <objectgroup draworder="index">
   <object id="1" x="4" y="8" width="24" height="16"/>
  </objectgroup>
 </tile>
 <tile id="242">
  <objectgroup draworder="index">
   <object id="1" x="10" y="20" width="12" height="8"/>
  </objectgroup>
 </tile>
 <tile id="243">
  <objectgroup draworder="index">
   <object id="1" x="8" y="0" width="24" height="24"/>
  </objectgroup>
 </tile>
 <tile id="244">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="24" height="24"/>
  </objectgroup>
 </tile>
 <tile id="245">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="246">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="247">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="248">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="24"/>
  </objectgroup>
 </tile>
 <tile id="249">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="250">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="251">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="24"/>
  </objectgroup>
 </tile>
 <tile id="252">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="24"/>
  </objectgroup>
 </tile>
 <tile id="288">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="289">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="290">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="291">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="292">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="293">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="294">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="295">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="296">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="297">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="298">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="299">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="300">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="301">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="304">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="305">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="306">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="307">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="308">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="309">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="310">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="311">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="312">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="313">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="314">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="315">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="316">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="317">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="320">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="321">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="322">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="323">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="324">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="325">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="326">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="327">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="328">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="329">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="330">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="331">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="332">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="32" height="28"/>
  </objectgroup>
 </tile>
 <tile id="333">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="343">
  <objectgroup draworder="index">
   <object id="1" x="6" y="16" width="20" height="12"/>
  </objectgroup>
 </tile>
 <tile id="344">
  <objectgroup draworder="index">
   <object id="1" x="6" y="12" width="20" height="14"/>
  </objectgroup>
 </tile>
 <tile id="345">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="346">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="347">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="348">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="349">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="350">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="351">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="352">
  <objectgroup draworder="index">
   <object id="1" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="353">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="354">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="355">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="356">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="357">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="358">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="359">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="360">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="361">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="362">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="363">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="364">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="365">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="366">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="0" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="367">
  <objectgroup draworder="index">
   <object id="1" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="368">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="369">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="370">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="16" y="0" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="371">
  <objectgroup draworder="index">
   <object id="1" x="0" y="16" width="16" height="16"/>
   <object id="2" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="372">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="373">
  <objectgroup draworder="index">
   <object id="1" x="16" y="0" width="16" height="16"/>
   <object id="2" x="0" y="16" width="16" height="16"/>
   <object id="3" x="16" y="16" width="16" height="16"/>
  </objectgroup>
 </tile>
 <tile id="374">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="385">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="386">
  <properties>
   <property name="blocked" type="bool" value="true"/>
  </properties>
 </tile>
 <tile id="400">
  <objectgroup draworder="index">
   <object id="1" x="6" y="12" width="20" height="14"/>
  </objectgroup>
 </tile>
 <tile id="416">
  <objectgroup draworder="index">
   <object id="1" x="4" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="417">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="4" height="8"/>
   <object id="2" x="4" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="418">
  <objectgroup draworder="index">
   <object id="1" x="28" y="24" width="4" height="8"/>
   <object id="2" x="0" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="419">
  <objectgroup draworder="index">
   <object id="1" x="0" y="24" width="28" height="8"/>
  </objectgroup>
 </tile>
 <tile id="432">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="433">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="4" height="32"/>
   <object id="2" x="4" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="434">
  <objectgroup draworder="index">
   <object id="1" x="28" y="0" width="4" height="32"/>
   <object id="2" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="435">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="32"/>
  </objectgroup>
 </tile>
 <tile id="448">
  <objectgroup draworder="index">
   <object id="1" x="4" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
 <tile id="449">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="4" height="28"/>
   <object id="2" x="4" y="0" width="28" height="12"/>
  </objectgroup>
 </tile>
 <tile id="450">
  <objectgroup draworder="index">
   <object id="1" x="28" y="0" width="4" height="28"/>
   <object id="2" x="0" y="0" width="28" height="12"/>
  </objectgroup>
 </tile>
 <tile id="451">
  <objectgroup draworder="index">
   <object id="1" x="0" y="0" width="28" height="28"/>
  </objectgroup>
 </tile>
</tileset>
