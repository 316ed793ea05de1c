// usage: MODEL.zip DATA.idv   prints the bits of every score, a line a row.
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
IDataView scored = model.Transform(ml.Data.LoadFromBinary(args[1]));
foreach (float[] scores in scored.GetColumn<float[]>("Score"))
    Console.WriteLine(string.Join(' ', scores.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("x8"))));
