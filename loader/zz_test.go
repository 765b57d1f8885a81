package loader
import ("testing";"context";"encoding/json";"fmt";"os")
func TestDbg(t *testing.T) {
 var files []string
 json.Unmarshal([]byte(os.Getenv("FILES")), &files)
 r, err := Load(context.Background(), Options{Files: files})
 if err != nil { t.Fatal(err) }
 j, _ := json.MarshalIndent(r.Project, "", " ")
 fmt.Println(string(j))
 for _, at := range r.Sources.Ats() { o,_ := r.Sources.Locate(at,""); fmt.Println(at, o.Location, o.End, o.Hops) }
 fmt.Println(r.Problems, r.Unknown)
}
