package yamltree
import ("testing";"os";"encoding/json";"fmt")
func TestGen(t *testing.T){
 m:=map[string]string{}
 for _,d:=range documents {
  docs,problems,err:=Parse(source(d.text))
  if err!=nil {t.Errorf("%s: %v %v",d.name,err,show(err.Span))}
  for _,p:=range problems {fmt.Println("PROBLEM",d.name,p,show(p.Span))}
  m[d.name]=dump(docs)
  fmt.Printf("## %s\n%s\n%s\n",d.name,d.text,m[d.name])
 }
 b,_:=json.Marshal(m); os.WriteFile("/tmp/gen/wants.json",b,0o644)
}
