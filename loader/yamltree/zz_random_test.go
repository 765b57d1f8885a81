package yamltree
import ("testing";"math/rand";"strings";"time";"os";"strconv")
func TestZZRandom(t *testing.T){
 seed,_:=strconv.ParseInt(os.Getenv("SEED"),10,64)
 r:=rand.New(rand.NewSource(seed))
 toks:=[]string{"a","b c","ä😀","1","~","true","2024-01-01",": ",": ",":\n",":","- ","- ","-\n","? ","?\n","[","]","{","}",", ",",","\n","\n","\n","\n  ","\n  ","\n ","\n    "," ","  ","\t","# c\n"," # d\n","&x ","&y\n","*x","*y"," *x ","!t ","!!str ","! ","!reset ","!override ","<<: ","'","''","'e f'","\"","\"g\\n h\"","\\","\\\n","|\n","|-\n",">\n",">+\n","|2\n",">1-\n","---\n","...\n","--- ","\r\n","\r","\u0085","\u2028","\u2029 ","\ufeff","'a\n b'","\"a\\\n  b\"","\"a \n\n b\"","a\n b","k: v\n","k:\n  ","- i\n","- - ","<<: *x\n","<<: [*x, *y]\n","\\x41"}
 deadline:=time.Now().Add(60*time.Second)
 n,valid,muts:=0,0,tally{}
 for time.Now().Before(deadline) && !t.Failed() {
  n++
  var b strings.Builder
  if r.Intn(3)==0 { b.WriteString("k: &x {m: 1}\n") }
  for i:=r.Intn(14)+1;i>0;i-- { b.WriteString(toks[r.Intn(len(toks))]) }
  text:=b.String()
  docs,problems,err:=Parse(source(text))
  values,failure:=library(text)
  if err!=nil { 
    if w:=wrongSpan(err.Span); w!="" {t.Errorf("%q %s %s",text,err,w)}
    if failure==nil && !beyond.MatchString(err.Message) {t.Errorf("%q: %s but library ok",text,err)}
    continue }
  if w:=inconsistency(docs); w!="" {t.Errorf("%q %s",text,w)}
  if failure!=nil && len(problems)==0 && !strings.Contains(text,"<<: *") {t.Errorf("%q only library: %s",text,failure)}
  if failure==nil && len(problems)==0 {
   valid++
   if d:=difference(docs,values,edit{}); d!="" {t.Errorf("%q\n%s",text,d)}
   muts.mutate2(t,text,docs); if t.Failed() {t.Logf("TEXT %q\n%s",text,dump(docs))}
  }
 }
 t.Logf("%d texts %d valid",n,valid); muts.log(t)
}
func (c *tally) mutate2(t *testing.T,text string,docs []*Node){
 if strings.Contains(text,"*") && (strings.Contains(text,"*x:")||strings.Contains(text,"*y:")||strings.Contains(text,"? *")||strings.Contains(text,"*x :")||strings.Contains(text,"*y :")||strings.Contains(text,"*x  ")||strings.Contains(text,"*x ")||strings.Contains(text,"*")) {return}
 values,keys:=tokens(docs)
 for _,v:=range values { if c.check(t,text,text,docs,edit{value:v}) {c.values++} }
 if strings.Contains(text,"<<") {return}
 for _,v:=range keys { if c.check(t,text,text,docs,edit{key:v}) {c.keys++} }
}
