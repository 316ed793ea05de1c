using Microsoft.ML;
using MlNetRecurrent;
using SentimentAnalysis;

namespace WebService;

/// <summary>
/// The file of the model: the setting <c>Model:Path</c>, relative to the folder of the settings. By default it lies beside the program.
/// </summary>
internal sealed class ModelFile(IConfiguration configuration, IHostEnvironment environment, ILogger<ModelFile> logger)
{
    /// <summary>The model in the file. Where there is no file, it is trained first, which takes some seconds.</summary>
    public ITransformer LoadOrTrain()
    {
        string path = configuration["Model:Path"] is { Length: > 0 } setting
            ? Path.GetFullPath(setting, environment.ContentRootPath)
            : SentimentModel.MLNetModelPath;
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; Model:Path should name a file.");
        if (!File.Exists(path))
            Train(path);
        logger.LogInformation("The model is loaded from {Path}.", path);
        return new MLContext().Model.Load(path, out _);
    }

    private void Train(string path)
    {
        logger.LogInformation("There is no model at {Path}: it is trained.", path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Moved when it is whole: a service that is stopped meanwhile leaves no half model for the next start.
        string unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            var mlContext = new MLContext(seed: 1);
            IDataView data = SentimentModel.LoadTrainingSentences(mlContext);
            ITransformer model = SentimentModel.BuildPipeline(mlContext, new EpochLog(logger)).Fit(data);
            SentimentModel.SaveModel(mlContext, model, data, unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private sealed class EpochLog(ILogger logger) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.IsEpochDone)
            {
                logger.LogInformation(
                    "Epoch {Epoch}: loss {Loss:F3}, on validation {ValidationLoss:F3}.", value.Epoch, value.Loss, value.ValidationLoss);
            }
        }
    }
}
