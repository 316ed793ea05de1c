// The quick start in F#, which prints what Program.cs prints: dotnet fsi minute.fsx
#r "nuget: MlNetRecurrent"

open System
open Microsoft.ML
open Microsoft.ML.Data

/// Any number of steps of two features each, one step after the other.
[<CLIMutable>]
type Reading =
    { [<VectorType(0, 2)>]
      Features: float32[]
      Label: string }

[<CLIMutable>]
type Prediction = { Predicted: string }

let generate count (seed: int) =
    let random = Random seed
    let noisy (angle: float) = float32 (Math.Sin angle + 2.0 * (random.NextDouble() - 0.5))
    [ for _ in 1..count do
          let leads = random.Next 2 = 0
          let phase = 6.0 * random.NextDouble()
          let lag = if leads then -0.8 else 0.8
          { Label = if leads then "leads" else "follows"
            Features =
              [| for step in 0 .. random.Next(10, 31) - 1 do
                     noisy (phase + 0.5 * float step)
                     noisy (phase + lag + 0.5 * float step) |] } ]

// Sequences of 10 to 30 readings of two sensors. Does the first sensor lead the second, or follow it?
let ml = MLContext(seed = 1)
let training = ml.Data.LoadFromEnumerable(generate 1000 1)
let test = ml.Data.LoadFromEnumerable(generate 500 2)

let pipeline =
    EstimatorChain()
        .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
        .Append(ml.MulticlassClassification.Trainers.Lstm())
        .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"))

let model = pipeline.Fit training

let metrics = ml.MulticlassClassification.Evaluate(model.Transform test)
printfn $"accuracy {metrics.MicroAccuracy:F3}, log-loss {metrics.LogLoss:F3}"

ml.Model.Save(model, training.Schema, "sensors.zip")
let loaded, _ = ml.Model.Load "sensors.zip"
let engine = ml.Model.CreatePredictionEngine<Reading, Prediction> loaded
printfn $"the first sensor {(engine.Predict(List.head (generate 1 3))).Predicted}"
