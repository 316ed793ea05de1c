// A program that has never seen the training: it loads the model of the README's minute, asks it, and writes it as ONNX.
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema schema);
using var engine = ml.Model.CreatePredictionEngine<Reading, Prediction>(model, schema);
// The second sensor says what the first said two readings ago.
float[] first = [.. Enumerable.Range(0, 20).Select(t => MathF.Sin(0.5f * t))];
var reading = new Reading { Features = [.. Enumerable.Range(2, 18).SelectMany(t => new[] { first[t], first[t - 2] })] };
Console.WriteLine($"the first sensor {engine.Predict(reading).Predicted}");

string onnx = Path.ChangeExtension(args[0], ".onnx");
model.SaveAsOnnx(schema, onnx);
ITransformer inOnnxRuntime = ml.Transforms.ApplyRecurrentOnnx(onnx).Fit(ml.Data.LoadFromEnumerable([reading]));
float[] expected = Scores(model), found = Scores(inOnnxRuntime);
Console.WriteLine($"OnnxRuntime says the same: {expected.Zip(found, (one, other) => MathF.Abs(one - other)).Max() < 1e-5f}");

float[] Scores(ITransformer transformer) =>
    transformer.Transform(ml.Data.LoadFromEnumerable([reading])).GetColumn<float[]>("Score").Single();

public class Reading
{
    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";
}

public class Prediction
{
    public string Predicted { get; set; } = "";
}
